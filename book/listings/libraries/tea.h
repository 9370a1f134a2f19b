#include <stdint.h>

/* ANCHOR: version_two_inserts */
struct tea {
    int32_t cups;
#ifdef VERSION_2
    int32_t minutes;
#endif
    int32_t sugar;
};
/* ANCHOR_END: version_two_inserts */

int32_t tea_sugar(const struct tea *tea);
