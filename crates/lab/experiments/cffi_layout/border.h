/* What a library declares, and what people forget to say of it. */
#pragma pack(push, 1)
/* Without gaps, as it comes from a file or a wire. */
struct packet { char tag; double value; };
#pragma pack(pop)

struct reading { long id; long unit; double value; };

struct packet *a_packet(void);
struct reading *a_reading(void);

/* The last of its arguments. */
long third(long a, double b, long c);
