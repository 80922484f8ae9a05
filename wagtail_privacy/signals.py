"""The plugin's own signals."""

from django.dispatch import Signal

#: A notice has something to send. Arguments: ``notice_id``; ``at``, the moment from which it is due (``None``: now);
#: ``helper``, whether the ledger is written already and a further worker is asked for; ``token``, by which the task
#: knows that it still counts. A receiver that queues a task returns the queue's id of it.
notice_due = Signal()
#: Something happened to a policy that its readers are shown. Argument: ``policy``.
policy_refreshed = Signal()
