"""Terms: what stands for what in two versions, learned from the pair or given by a termbase."""
