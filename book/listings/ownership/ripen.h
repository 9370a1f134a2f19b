/* What the module `ripen` offers to other modules. */
#ifndef RIPEN_H
#define RIPEN_H

/* ANCHOR: the_table */
#define RIPEN_CAPSULE "ripen._C_API"

typedef struct {
    int version;               /* of this struct: look at it first */
    double (*sweetness)(int days);
} RipenAPI;
/* ANCHOR_END: the_table */

#endif
