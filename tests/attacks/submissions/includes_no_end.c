/* rows: 14
 * exercise: steals
 * tries: includes a file that has no end
 * blocked-by: limits
 * comes-to: does-not-build | build-timed-out
 * earns: 0
 */
#include "/dev/zero"
