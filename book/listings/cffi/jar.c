#include <stdlib.h>

void *jar_new(void);
void jar_free(void *jar);
int jars_alive(void);

/* ANCHOR: jars_are_counted */
static int alive;

void *jar_new(void) { alive++; return malloc(1); }
void jar_free(void *jar) { alive--; free(jar); }
int jars_alive(void) { return alive; }
/* ANCHOR_END: jars_are_counted */
