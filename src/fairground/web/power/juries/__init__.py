"""The pages of citizens' juries: commission, letters, registration, the pool, and who may open it."""
