-- The latest time that the log of acts has seen is asked for each bundle: a clock that was set back does not lower it.
CREATE INDEX admin_acts_by_time ON admin_action_log (at);
