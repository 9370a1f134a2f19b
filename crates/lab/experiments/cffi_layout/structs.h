/* Structs with gaps in many places. CFFI reads this very text, and so does the compiler. */
struct pixel { unsigned char r, g, b; };
struct mixed { char tag; double value; short count; };
struct nested { char tag; struct mixed inner; char tail; };
struct arrays { char name[5]; int sizes[3]; char end; };
struct pointers { char tag; char *text; short mode; void (*call)(int); };
struct wide { char tag; long double value; };
struct choice { char tag; union { short number; char text[9]; double value; } is; };
struct bits { unsigned a : 3; unsigned b : 7; char c; unsigned d : 20; };
