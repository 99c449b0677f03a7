"""The states of the catalogue, a second time: a fold over the events, written without a look at the
views of sql/catalogue. It also checks every event that should have been refused."""

PORTAL = {
    'collection': {'custodian', 'unit-coordinator'},
    'assessment': {'local-data-controller'},
    'analysis': {'unit-coordinator', 'local-data-controller'},
    'opinion': {'data-protection-officer'},
    'decision': {'local-data-controller'},
    'publishable': {'open-data-officer'},
    'published': {'open-data-officer'},
    'withdrawn': {'open-data-officer'},
    'description': {'open-data-officer', 'promotion-specialist'},
}
REQUIREMENTS = {
    ('publishable', 'analysis'): 'dataset', ('publishable', 'decision'): 'bytes',
    ('publishable', 'custodian'): 'off', ('publishable', 'person'): 'off',
    ('published', 'analysis'): 'dataset', ('published', 'decision'): 'bytes',
    ('published', 'person'): 'dataset', ('published', 'two-persons'): 'dataset',
    ('withdrawn', 'person'): 'dataset',
}
RHYTHMS = {'ANNUAL', 'ANNUAL_2', 'QUARTERLY', 'MONTHLY', 'WEEKLY', 'DAILY', 'IRREG', 'NEVER', 'UNKNOWN'}
STEP_ACTS = {'1': 'assessment', '2': 'assessment', '3': 'analysis', '4': 'opinion', '5': 'analysis',
             '6': 'analysis'}
RISKS = ([f'P{n}' for n in range(1, 8)] + [f'N{n}' for n in range(1, 7)] + ['D1', 'D2']
         + [f'U{n}' for n in range(1, 9)] + [f'K{n}' for n in range(1, 5)])
PATHS = {'no-persons': {'16.1'}, 'no-personal-data': {'15.2.1', '15.2.4', '16.1', '16.4'},
         'personal-data': {'15.2.2', '15.2.3', '16.3', 'statute'}}


class Breach(Exception):
    pass


class Dataset:
    def __init__(self):
        self.bytes = None
        self.verdicts = {}
        self.steps = {}           # those that count, by number
        self.risks = {}
        self.negative = False     # a step 5 or 6 was negative, ever
        self.decision = None
        self.records = {}
        self.mark = None
        self.since_mark = set()   # what was recorded after the mark
        self.published = None
        self.withdrawn = False


class Model:
    def __init__(self, history):
        self.datasets, self.authorisations = {}, {}
        self.permissions, self.requirements, self.found = {}, dict(REQUIREMENTS), {}
        for event in history:
            self.take(event)

    def entitled(self, person, act, day):
        for (who, role, _unit), (first, last) in self.authorisations.items():
            allowed = self.permissions.get((role, act), role in PORTAL.get(act, ()))
            if who == person and allowed and first <= day <= (last or '9999-12-31'):
                return True
        return False

    def passing(self, known):
        return known.bytes is not None and known.verdicts.get(known.bytes) == 'PASS'

    def analysed(self, known):
        one, two = known.steps.get('1'), known.steps.get('2')
        if one is None or two is None or known.bytes not in known.verdicts:
            return False
        if one['outcome'] == 'no-persons':
            return True
        needed = ['3', '6']
        if one['outcome'] == 'personal-data' and two['outcome'] not in ('15.2.2', '15.2.3'):
            needed.append('5')
        if '4' not in known.steps or any(
                step not in known.steps or known.steps[step]['outcome'] != 'positive'
                for step in needed):
            return False
        six = known.steps['6']
        if known.steps['4']['outcome'] == 'dpia' and six['form'] != 'dpia':
            return False
        return set(known.risks) == set(RISKS) and max(known.risks.values()) < six['id']

    def unmet(self, known, state):
        for (about, need), scope in self.requirements.items():
            if about != state or scope == 'off' or need in ('person', 'two-persons'):
                continue
            if need == 'analysis':
                met = self.analysed(known) and (scope == 'dataset' or all(
                    step['digest'] == known.bytes for step in known.steps.values()))
            else:
                record = known.decision if need == 'decision' else known.records.get(need)
                met = (record is not None and record['outcome'] == 'positive'
                       and (scope == 'dataset' or record['digest'] == known.bytes
                            and known.bytes is not None))
            if not met:
                return need
        if state == 'publishable' and not self.passing(known):
            return 'verdict'
        return None

    def needed(self, thing):
        need = {'step': 'analysis', 'risk': 'analysis'}.get(thing, thing)
        return self.requirements.get(('publishable', need), 'off') != 'off'

    def marked(self, known):
        return (known.mark is not None and known.mark == known.bytes and self.passing(known)
                and self.unmet(known, 'publishable') is None
                and not any(self.needed(thing) for thing in known.since_mark))

    def state(self, known):
        if known.withdrawn:
            return 'withdrawn'
        if self.marked(known):
            return 'published' if known.published == known.bytes else 'publishable'
        if self.passing(known):
            return 'analysed' if self.analysed(known) else 'verified'
        return 'registered' if known.bytes is None else 'collected'

    def states(self):
        return {name: self.state(known) for name, known in self.datasets.items()}

    def take(self, event):
        kind, name = event['kind'], event['dataset']
        if kind == 'registered':
            if name in self.datasets:
                raise Breach(f'{name} is registered again')
            self.datasets[name] = Dataset()
        elif name is None:
            self.take_office(event)
        elif name not in self.datasets:
            raise Breach(f'{name} is not registered')
        else:
            known = self.datasets[name]
            if known.withdrawn and kind != 'record':
                raise Breach(f'{name} was withdrawn')
            getattr(self, 'take_' + kind)(known, event)

    def take_office(self, event):
        subject = event['subject']
        if event['kind'] == 'authorisation':
            self.authorisations[event['person'], subject, event['unit']] = (
                event['from_day'], event['until_day'])
        elif event['kind'] == 'permission':
            role, act = subject.split(' ')
            if (act in PORTAL) != (role in set().union(*PORTAL.values()) | {'administrator'}):
                raise Breach(f'{subject}: a permission across the scopes')
            self.permissions[role, act] = event['outcome'] == 'on'
        elif event['kind'] == 'requirement':
            state, need = subject.split(' ')
            self.requirements[state, need] = event['outcome']
        elif event['kind'] == 'found':
            if event['outcome'] not in ('none-found', 'after-anonymisation', 'no', 'not-assessed', 'not-data',
                                        'gone'):
                raise Breach(f'the scan proposes {event["outcome"]}')
            self.found[subject] = event['outcome']
        elif event['kind'] == 'assessed':
            if self.found.get(subject, 'gone') == 'gone':
                raise Breach(f'{subject} is not in the inventory')
            if event['outcome'] not in ('directly', 'after-anonymisation', 'no', 'not-assessed'):
                raise Breach(f'qualified as {event["outcome"]}')

    def take_bytes(self, known, event):
        if known.bytes != event['digest']:
            known.mark = None
        known.bytes = event['digest']

    def take_verdict(self, known, event):
        if event['digest'] != known.bytes:
            raise Breach('a verdict of other bytes')
        known.verdicts[event['digest']] = event['outcome']
        if event['outcome'] != 'PASS':
            known.mark = None

    def take_step(self, known, event):
        step, outcome = event['subject'], event['outcome']
        if not self.entitled(event['actor'], STEP_ACTS[step], event['at'][:10]):
            raise Breach(f'{event["actor"]} may not record step {step}')
        if step == '1':
            known.steps, known.risks = {}, {}
        elif step == '2':
            if outcome not in PATHS[known.steps['1']['outcome']]:
                raise Breach('this way does not go with step 1')
            if known.negative and outcome not in ('15.2.4', '16.4'):
                raise Breach('after a negative outcome')
            known.steps, known.risks = {'1': known.steps['1']}, {}
        elif '2' not in known.steps:
            raise Breach(f'step {step} without step 2')
        known.steps[step] = event
        known.decision = None
        known.since_mark.add('step')
        if outcome == 'negative':
            known.mark = None
            known.negative = known.negative or step in ('5', '6')

    def take_risk(self, known, event):
        if not self.entitled(event['actor'], 'analysis', event['at'][:10]):
            raise Breach(f'{event["actor"]} may not answer about risks')
        known.risks[event['subject']] = event['id']
        known.decision = None
        known.since_mark.add('risk')

    def take_decision(self, known, event):
        if not self.entitled(event['actor'], 'decision', event['at'][:10]):
            raise Breach(f'{event["actor"]} may not decide')
        if not event['case_mark'] or not event['document']:
            raise Breach('a decision without its document')
        known.decision = event
        known.since_mark.add('decision')
        if event['outcome'] == 'negative':
            known.mark = None

    def take_rhythm(self, known, event):
        if event['rhythm'] not in RHYTHMS:
            raise Breach(f'an unknown rhythm {event["rhythm"]}')

    def take_delivery(self, known, event):
        if event['outcome'] not in ('accepted', 'returned'):
            raise Breach('a delivery that is neither accepted nor returned')

    def take_remark(self, known, event):
        if not event['reason']:
            raise Breach('a remark without words')

    def take_record(self, known, event):
        known.records[event['subject']] = event
        known.since_mark.add(event['subject'])

    def take_intent(self, known, event):
        if event['location'] is None or event['bundle'] is None:
            raise Breach('an intent without its folder or its list of files')
        if event['outcome'] not in ('published', 'withdrawn', 'abandoned'):
            raise Breach(f'an intent of {event["outcome"]}')
        if event['outcome'] != 'abandoned':
            self.ask(known, event)

    def ask(self, known, event):
        """Everything that a state needs."""
        state = event['outcome']
        if state != 'withdrawn' and (not self.passing(known) or event['digest'] != known.bytes):
            raise Breach(f'{state} without a passing verdict of exactly the present bytes')
        if state == 'published' and not self.marked(known):
            raise Breach('published without a mark')
        if state == 'withdrawn' and known.published is None:
            raise Breach('withdrawn, but never published')
        lacking = self.unmet(known, state)
        if lacking:
            raise Breach(f'{state} without {lacking}')
        if (self.requirements.get((state, 'person'), 'off') != 'off'
                and not self.entitled(event['actor'], state, event['at'][:10])):
            raise Breach(f'{event["actor"]} may not do this: {state}')
        if (self.requirements.get((state, 'two-persons'), 'off') != 'off'
                and known.decision and known.decision['actor'] == event['actor']):
            raise Breach('decided and published by one person')

    def take_state(self, known, event):
        state = event['outcome']
        self.ask(known, event)
        if state == 'publishable':
            known.mark, known.since_mark = event['digest'], set()
        elif state == 'published':
            known.published = event['digest']
        else:
            known.withdrawn = True
