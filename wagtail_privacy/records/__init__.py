"""The database: policies, their versions with texts and events, notices and deliveries, the register."""
