int gas_left(void);

int gas_left(void) { return 7; }
