-- id:         policy-loosened
-- title.en:   The descriptor does not ask for less than the office's policy
-- title.pl:   Opis zbioru nie łagodzi progów ustalonych w polityce urzędu
-- severity:   error
-- needs:      descriptor
-- basis.en:   The office's policy (policy.json): a descriptor may only be stricter; GDPR art. 24(2)
-- basis.pl:   Polityka urzędu (policy.json): opis zbioru może ją tylko zaostrzyć; art. 24 ust. 2 RODO
-- message.en: The descriptor sets {name} to {declared}, the policy to {policy}; {effective} was used
-- message.pl: W opisie zbioru {name} to {declared}, a w polityce urzędu {policy}; zastosowano {effective}
-- why.en:     Who prepares a data set does not decide alone how much risk the office takes.
-- why.pl:     O tym, jakie ryzyko przyjmuje urząd, nie rozstrzyga sam przygotowujący zbiór.
-- fix.en:     Take the value out of the descriptor, or make it stricter. The policy is changed by the
--             person who answers for it.
-- fix.pl:     Usuń tę wartość z opisu zbioru albo ją zaostrz. Politykę zmienia osoba, która za nią
--             odpowiada.
-- since:      0.1
WITH setting AS (
  SELECT name,
         declared,
         policy,
         effective
    FROM threshold
   WHERE looser = 1
  UNION ALL
  SELECT rule || ': ' || name,
         declared,
         office,
         effective
    FROM parameter
   WHERE looser = 1
)
SELECT NULL AS field,
       NULL AS line,
       1 AS count,
       name,
       declared,
       policy,
       effective
  FROM setting
 ORDER BY name;
