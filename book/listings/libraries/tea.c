#include "tea.h"

int32_t tea_sugar(const struct tea *tea)
{
    return tea->cups * tea->sugar;
}
