/* Six ways to hand something over. A jar counts itself, so that one can see who ends it. */
#include <stdlib.h>
#include <string.h>

typedef struct {
    char label[16];
} Jar;

static int alive = 0;

int
jars(void)
{
    return alive;
}

/* ANCHOR: given_to_the_caller */
/* Gives the caller a new jar, to be ended with jar_free. */
Jar *
jar_new(const char *label)
{
    Jar *jar = malloc(sizeof *jar);
    if (jar == NULL)
        return NULL;
    strncpy(jar->label, label, sizeof jar->label - 1);
    jar->label[sizeof jar->label - 1] = '\0';
    alive++;
    return jar;
}

void
jar_free(Jar *jar)
{
    if (jar == NULL)
        return;
    alive--;
    free(jar);
}
/* ANCHOR_END: given_to_the_caller */

/* ANCHOR: taken_from_the_caller */
static Jar *shelf[4];
static int filled = 0;

/* Takes the jar over if there is room (0), and leaves it alone if there is none (-1). */
int
shelf_put(Jar *jar)
{
    if (filled == 4)
        return -1;
    shelf[filled++] = jar;
    return 0;
}

/* Ends all that it was given. */
void
shelf_clear(void)
{
    while (filled > 0)
        jar_free(shelf[--filled]);
}
/* ANCHOR_END: taken_from_the_caller */

/* ANCHOR: borrowed_for_the_call */
/* Looks at the text and forgets where it was. */
int
letters(const char *text)
{
    return (int)strlen(text);
}
/* ANCHOR_END: borrowed_for_the_call */

/* ANCHOR: kept_by_its_parent */
/* Points into the jar: good for as long as the jar is. */
const char *
jar_label(const Jar *jar)
{
    return jar->label;
}
/* ANCHOR_END: kept_by_its_parent */

/* ANCHOR: copied_out */
/* Writes the label into the caller's own memory. */
void
jar_copy_label(const Jar *jar, char *out, size_t room)
{
    if (room == 0)
        return;
    strncpy(out, jar->label, room - 1);
    out[room - 1] = '\0';
}
/* ANCHOR_END: copied_out */
