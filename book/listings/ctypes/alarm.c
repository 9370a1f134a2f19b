/* ANCHOR: called_later */
/* A clock that keeps one bell, and rings it later. */
typedef void (*alarm_bell)(int hour, void *user);

static alarm_bell bell;
static void *bell_user;

void alarm_set(alarm_bell new_bell, void *user) {
    bell = new_bell;
    bell_user = user;
}

void alarm_ring(int hour) {
    bell(hour, bell_user);
}
/* ANCHOR_END: called_later */
