/*
** One publication on its way: what is given, what is made of it. publish.c orders the steps, given.c looks
** at what the caller gave, make.c makes the bundle.
*/
#ifndef SITO_PUBLISH_JOB_H
#define SITO_PUBLISH_JOB_H

#include "publish/bundle.h"
#include "publish/publish.h"

typedef struct SitoPublishJob {
    const SitoPublishRequest *request;
    SitoPlaceOf place;
    const char *name;
    char *facts;   /* sito_publication_facts */
    char *given;   /* address, office, version, sentence, time */
    char *details; /* sql/publish/details.sql */
    char *sizes;   /* [{path, sha256, bytes}] of the data files */
    char *role;
    SitoInputs files; /* the bundle */
    SitoStage stage;
    char bundle[SITO_SHA256_HEX];
} SitoPublishJob;

/* An error in the words of the request; `word` fills the %s of both. */
int sito_publish_refuse(const SitoPublishJob *job, int rc, char **error, const char *pl,
                        const char *en, const char *word);

/* One text out of a JSON text. */
int sito_publish_pick(const SitoPublishJob *job, const char *json, const char *path, char **text,
                      char **error) SITO_MUST_CHECK;

/* A data set, and a file of it, whose name is safe in an address and no name of the bundle's own. */
int sito_publish_check_name(const SitoPublishJob *job, char **error) SITO_MUST_CHECK;
int sito_publish_check_path(const SitoPublishJob *job, const char *path,
                            char **error) SITO_MUST_CHECK;

/* The folder that is published and that of the data set do not lie in each other. */
int sito_publish_check_apart(const SitoPublishJob *job, char **error) SITO_MUST_CHECK;

/* Fills job->given for a publication at this time. */
int sito_publish_given(SitoPublishJob *job, const char *time, char **error) SITO_MUST_CHECK;

/* Stages the bundle: job->details, job->files and job->bundle are filled. */
int sito_publish_make(SitoPublishJob *job, char **error) SITO_MUST_CHECK;

#endif
