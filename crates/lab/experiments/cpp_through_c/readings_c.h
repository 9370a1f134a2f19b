/* The same class for C, and so for ctypes, CFFI and whoever else speaks C. */
#ifndef READINGS_C_H
#define READINGS_C_H

#ifdef __cplusplus
extern "C" {
#endif

/* ANCHOR: an_opaque_pointer */
typedef struct readings readings; /* what is in it nobody here knows */
readings *readings_new(const char *unit);
void readings_free(readings *);
void readings_add(readings *, double value);
double readings_mean(const readings *);
const char *readings_unit(const readings *); /* as long as the readings live */
int readings_living(void);
/* ANCHOR_END: an_opaque_pointer */
double c_twice(double x);

#ifdef __cplusplus
}
#endif

#endif
