import costs


# ANCHOR: counts_what_is_converted
class Price:
    """A number that counts how often somebody asks for its value."""

    converted = 0

    def __init__(self, cents):
        self.cents = cents

    def __index__(self):
        Price.converted += 1
        return self.cents


prices = {"Dune": Price(900), "Emma": Price(450), "Ulysses": Price(1200)}
for find in costs.in_a_map, costs.in_a_dict:
    Price.converted = 0
    print(find.__name__, find(prices, "Emma"), "- converted:", Price.converted)
# ANCHOR_END: counts_what_is_converted

# ANCHOR: a_stream_of_payments
def payments():
    while True:
        yield 300


print("paid", costs.enough(payments(), 450))
# ANCHOR_END: a_stream_of_payments
