"""The steps by which these tables came to be.

https://docs.djangoproject.com/en/5.2/topics/migrations/.
"""
