"""Typical mistakes with the prices of a cluster."""

from lossbook.exercises._mistake import instead

# --- the speedup: (alone, latency, task, workers) ----------------------------------------------

SPEEDUP = (
    instead(
        "upside down",
        "You divide the time of the cluster by the time alone. A speedup above 1 must mean faster.",
        lambda alone, latency, task, workers: (latency + task * workers + alone / workers) / alone,
    ),
    instead(
        "seconds instead of a speedup",
        "You return the seconds of the cluster. Divide the time alone by them.",
        lambda alone, latency, task, workers: latency + task * workers + alone / workers,
    ),
    instead(
        "one task only",
        "You pay for one task. There is one for every worker, and they are handed out one after "
        "the other.",
        lambda alone, latency, task, workers: alone / (latency + task + alone / workers),
    ),
    instead(
        "tasks forgotten",
        "The tasks are missing: one for every worker, one after the other.",
        lambda alone, latency, task, workers: alone / (latency + alone / workers),
    ),
    instead(
        "latency forgotten",
        "The latency is missing: each call costs it once.",
        lambda alone, latency, task, workers: alone / (task * workers + alone / workers),
    ),
    instead(
        "everything divided",
        "You divide the whole time by the workers. Only the computing is divided; the call and "
        "the tasks cost the same however many there are to share the work.",
        lambda alone, latency, task, workers: alone * workers / (latency + task * workers + alone),
    ),
    instead(
        "computing not divided",
        "You let the cluster compute as long as one machine alone. The workers share that part.",
        lambda alone, latency, task, workers: alone / (latency + task * workers + alone),
    ),
    instead(
        "costs counted alone too",
        "You charge the machine alone for a call and for tasks as well. It has nothing to hand "
        "out: alone, the gradient takes `alone` seconds.",
        lambda alone, latency, task, workers: (
            (latency + task * workers + alone) / (latency + task * workers + alone / workers)
        ),
    ),
)

# --- numbers -----------------------------------------------------------------------------------

TRAFFIC = {
    9.6: "That is one way, or 4 bytes a number. The parameters go to each worker *and* come back, "
    "with 8 bytes each.",
    384.0: "That is with an average after every step. There are 20 steps to a round.",
    1.2: "That is one worker's share. There are sixteen.",
    0.064: "That is one round. How many are there?",
    2.4: "You count numbers. Each has 8 bytes.",
    153.6: "You count bits. A byte has eight, and 8 bytes a number is already in bytes.",
    19200.0: "That is in megabytes.",
    1.92e10: "That is in bytes.",
}

BEST_WORKERS = {
    900.0: "That is the square of it: W² = 9 / 0.01. Take the root.",
    30.8: "If you put the 0.5 s of the call under the root: they are there whatever the number of "
    "workers, and drop out of the slope.",
    31.0: "One too many. (If you put the 0.5 s of the call under the root: they are there whatever "
    "the number of workers, and drop out of the slope.)",
    4.24: "You divide by the price of the call. The call costs the same with any number of "
    "workers; it is the tasks that grow with them.",
    3.0: "Dividing by the price of a task is missing under the root.",
    1 / 30: "Upside down: dearer tasks mean fewer workers, more computing means more.",
    42.4: "There is a factor 2 too much under the root. The slope of 9 / W is −9 / W².",
}
