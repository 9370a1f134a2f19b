/* with: gas.c */
int gas_left(void);
int hob_burns(void);

int hob_burns(void) { return gas_left() > 0; }
