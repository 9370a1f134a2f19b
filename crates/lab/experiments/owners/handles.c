/* A C library in the usual manner: it makes handles, and the caller has to end each once.
 * What it hands out is `malloc`'s, and it counts what is alive. */
#include <stdlib.h>

struct handle {
    int content;
};

static long alive_now = 0;

struct handle *handle_make(int content)
{
    struct handle *handle = malloc(sizeof *handle);
    if (handle != NULL) {
        handle->content = content;
        alive_now++;
    }
    return handle;
}

int handle_content(const struct handle *handle)
{
    return handle->content;
}

void handle_end(struct handle *handle)
{
    free(handle);
    alive_now--;
}

long handles_alive(void)
{
    return alive_now;
}
