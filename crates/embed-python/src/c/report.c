/*
 * A status in words, as the code that the process ends with, and its end. Python is not needed
 * here: everything was copied.
 */
#include "host.h"

static const char *or_nothing(const char *text) { return text ? text : "(no memory)"; }

/* The lines of a traceback that say where; each begins with two spaces. */
static void print_traceback(const char *text) {
    while (*text != '\0') {
        size_t length = strcspn(text, "\n");
        printf("            %.*s\n", (int)(length > 2 ? length - 2 : 0), text + 2);
        text += length + (text[length] == '\n');
    }
}

static void print_failure(const struct failure *failure) {
    if (failure == NULL) {
        printf("  raised    something, and there is no memory to say what\n");
        return;
    }
    printf("  raised    %s: %s\n", or_nothing(failure->kind), or_nothing(failure->message));
    print_traceback(failure->traceback ? failure->traceback : "");
    for (failure = failure->cause; failure != NULL; failure = failure->cause) {
        printf("  because   %s: %s\n", or_nothing(failure->kind), or_nothing(failure->message));
    }
}

void status_print(const struct status *status) {
    switch (status->outcome) {
    case RETURNED:
        printf("  returned  %s\n", or_nothing(status->text));
        break;
    case RAISED:
        print_failure(status->failure);
        break;
    case EXITS:
        printf("  exits     with %d%s%s%s; the host decides\n", status->exit_code,
               status->text ? " and `" : "", status->text ? status->text : "",
               status->text ? "`" : "");
        break;
    case INTERRUPTED:
        printf("  stopped   by Ctrl-C; the host ends in order\n");
        break;
    }
}

int status_exit_code(const struct status *status) {
    switch (status->outcome) {
    case RETURNED:
        return 0;
    case EXITS:
        if (status->text != NULL) {
            fprintf(stderr, "%s\n", status->text);
        }
        return status->exit_code & 0xff; /* the system keeps eight bits of it */
    case INTERRUPTED:
        return 130; /* as a shell reports it: 128 and the signal's number */
    default:
        return 1;
    }
}

static void failure_free(struct failure *failure) {
    while (failure != NULL) {
        struct failure *cause = failure->cause;
        free(failure->kind);
        free(failure->message);
        free(failure->traceback);
        free(failure);
        failure = cause;
    }
}

void status_free(struct status *status) {
    free(status->text);
    failure_free(status->failure);
    memset(status, 0, sizeof *status);
}
