// Each function is one line around a method. Nothing in here throws anything but bad_alloc;
// a wrapper of what throws has to catch it, since an exception must not cross into C.
#include "readings_c.h"

#include "readings.hpp"

// ANCHOR: one_line_a_method
static Readings *cpp(readings *r) { return reinterpret_cast<Readings *>(r); }
static const Readings *cpp(const readings *r) { return reinterpret_cast<const Readings *>(r); }

readings *readings_new(const char *unit) { return reinterpret_cast<readings *>(new Readings(unit)); }
void readings_free(readings *r) { delete cpp(r); }
void readings_add(readings *r, double value) { cpp(r)->add(value); }
double readings_mean(const readings *r) { return cpp(r)->mean(); }
const char *readings_unit(const readings *r) { return cpp(r)->unit().c_str(); }
// ANCHOR_END: one_line_a_method
int readings_living(void) { return living(); }
double c_twice(double x) { return twice(x); }
