/* The same through a C interface, for tools that cannot read C++. */
#ifdef __cplusplus
extern "C" {
#endif
__attribute__((visibility("default"))) int vault_open_c(int key);
#ifdef __cplusplus
}
#endif
