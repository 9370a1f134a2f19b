import counter

counter.start()
counter.stop()
counter.look()
print("it ran to the end")
