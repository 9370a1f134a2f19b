/* rows: 12, 14
 * exercise: steals
 * tries: includes a file of the machine's, so that the compiler quotes it
 * blocked-by: the jail
 * comes-to: does-not-build
 * earns: 0
 */
#include "@SECRET@"
