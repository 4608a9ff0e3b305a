/* test_jobs.c - tests of server/http/jobs: turns, refusals, how jobs end. */
#include <pthread.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "server/http/jobs.h"

enum { MANY = 80 };

/* A task waits until it is released, or until nobody waits for it. */
struct job {
    struct jobs_task task; /* first */
    struct budget budget;
    atomic_bool begun, let_go, done, late;
    int order; /* of those that were started */
};

static atomic_int began;
static struct job tasks[MANY];

static void nap(void)
{
    nanosleep(&(const struct timespec){.tv_nsec = 1000000}, NULL);
}

static void run(void *worker, struct jobs_task *task, bool late)
{
    struct job *job = (struct job *)task;
    (void)worker;
    job->order = atomic_fetch_add(&began, 1);
    atomic_store(&job->late, late);
    atomic_store(&job->begun, true);
    while (!late && !atomic_load(&job->let_go) && budget_left(&job->budget, NULL))
        nap();
    atomic_store(&job->done, true);
}

static void *worker_new(void *arg)
{
    return arg;
}

static void worker_free(void *worker)
{
    (void)worker;
}

static struct jobs *start(unsigned threads, unsigned threads_each, unsigned line,
                          unsigned line_each)
{
    static int worker;
    const struct jobs_options options = {.threads = threads,
                                         .threads_each = threads_each,
                                         .line = line,
                                         .line_each = line_each,
                                         .wait_s = 60,
                                         .run = run,
                                         .worker_new = worker_new,
                                         .worker_free = worker_free,
                                         .arg = &worker};
    memset(tasks, 0, sizeof tasks);
    atomic_store(&began, 0);
    struct jobs *jobs = jobs_start(&options, NULL);
    assert_non_null(jobs);
    return jobs;
}

static bool add(struct jobs *jobs, int i, const char *client)
{
    tasks[i].task.client = client;
    tasks[i].task.budget = &tasks[i].budget;
    budget_start(&tasks[i].budget, 0);
    return jobs_add(jobs, &tasks[i].task);
}

/* Within ten seconds. */
static bool soon(const atomic_bool *flag)
{
    for (int i = 0; i < 10000 && !atomic_load(flag); i++)
        nap();
    return atomic_load(flag);
}

static void let_go(int i)
{
    atomic_store(&tasks[i].let_go, true);
    assert_true(soon(&tasks[i].done));
}

static void clients_take_turns(void **state)
{
    (void)state;
    struct jobs *jobs = start(1, 0, 16, 0);
    for (int i = 0; i < 5; i++) /* 0 is running, 1 to 4 wait */
        assert_true(add(jobs, i, "192.0.2.1"));
    assert_true(soon(&tasks[0].begun));
    assert_true(add(jobs, 5, "192.0.2.2"));
    assert_true(add(jobs, 6, "2001:db8::1"));
    assert_true(add(jobs, 7, "2001:db8::2")); /* of the same /64 */
    for (int i = 0; i < 8; i++)
        atomic_store(&tasks[i].let_go, true);
    for (int i = 0; i < 8; i++)
        assert_true(soon(&tasks[i].done));
    /* Each of the others is done before the first client's third job, though they came
     * later. */
    assert_true(tasks[5].order < tasks[2].order);
    assert_true(tasks[6].order < tasks[2].order);
    assert_true(tasks[7].order < tasks[3].order);
    assert_true(tasks[1].order < tasks[2].order && tasks[2].order < tasks[3].order);
    jobs_stop(jobs);
}

static void the_queue_is_bounded_for_one_client(void **state)
{
    (void)state;
    struct jobs_counts counts;
    struct jobs *jobs = start(1, 0, 5, 3);
    assert_true(add(jobs, 0, "192.0.2.1"));
    assert_true(soon(&tasks[0].begun));
    for (int i = 1; i < 4; i++)
        assert_true(add(jobs, i, "192.0.2.1"));
    assert_false(add(jobs, 4, "192.0.2.1"));
    assert_true(add(jobs, 5, "192.0.2.2"));
    assert_true(add(jobs, 6, "192.0.2.3"));
    assert_false(add(jobs, 7, "192.0.2.4")); /* the whole queue is full */
    jobs_count(jobs, &counts);
    assert_int_equal(counts.waiting, 5);
    assert_int_equal(counts.running, 1);
    assert_int_equal(counts.refused_client, 1);
    assert_int_equal(counts.refused_line, 1);
    for (int i = 0; i < 7; i++)
        atomic_store(&tasks[i].let_go, true);
    for (int i = 0; i < 7; i++)
        assert_true(i == 4 || soon(&tasks[i].done));
    jobs_stop(jobs);
}

static void a_few_clients_do_not_fill_the_queue(void **state)
{
    static char clients[16][24];
    int n = 0;
    (void)state;
    struct jobs *jobs = start(1, 0, 64, 8);
    for (int c = 0; c < 16; c++) {
        int before = n;
        snprintf(clients[c], sizeof clients[c], "192.0.2.%d", c + 1);
        while (add(jobs, n, clients[c]))
            n++;
        if (n == before)
            fail_msg("client %d finds no place", c + 1);
        assert_true(c > 0 || n >= 8);
    }
    jobs_stop(jobs);
}

static void a_client_leaves_a_thread_for_others(void **state)
{
    (void)state;
    struct jobs *jobs = start(2, 1, 8, 0);
    assert_true(add(jobs, 0, "192.0.2.1") && add(jobs, 1, "192.0.2.1"));
    assert_true(soon(&tasks[0].begun));
    assert_true(add(jobs, 2, "192.0.2.2"));
    assert_true(soon(&tasks[2].begun)); /* while its first job runs and its second waits */
    assert_false(atomic_load(&tasks[1].begun));
    let_go(2);
    nap();
    assert_false(atomic_load(&tasks[1].begun));
    let_go(0);
    assert_true(soon(&tasks[1].begun));
    let_go(1);
    jobs_stop(jobs);
}

static void jobs_of_clients_that_hung_up_are_skipped(void **state)
{
    (void)state;
    struct jobs_counts counts;
    struct jobs *jobs = start(1, 0, 8, 0);
    for (int i = 0; i < 4; i++)
        assert_true(add(jobs, i, "192.0.2.1"));
    assert_true(soon(&tasks[0].begun));
    budget_cancel(&tasks[3].budget);
    budget_cancel(&tasks[0].budget); /* running: it ends, without a message */
    assert_true(soon(&tasks[0].done));
    assert_true(soon(&tasks[3].done));
    assert_true(atomic_load(&tasks[3].late));
    assert_true(soon(&tasks[1].begun));
    assert_true(tasks[3].order < tasks[1].order);
    assert_false(atomic_load(&tasks[1].late));
    jobs_count(jobs, &counts);
    assert_int_equal(counts.run_late, 1);
    let_go(1);
    let_go(2);
    jobs_stop(jobs);
}

static void stopping_ends_what_is_under_way(void **state)
{
    (void)state;
    struct jobs *jobs = start(2, 0, 16, 0);
    for (int i = 0; i < 6; i++)
        assert_true(add(jobs, i, i % 2 ? "192.0.2.1" : "192.0.2.2"));
    assert_true(soon(&tasks[0].begun) && soon(&tasks[1].begun));
    jobs_stop(jobs); /* would never end: nobody releases them */
    for (int i = 0; i < 6; i++) {
        assert_true(atomic_load(&tasks[i].done));
        assert_int_equal(atomic_load(&tasks[i].late), i > 1);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(clients_take_turns),
        cmocka_unit_test(the_queue_is_bounded_for_one_client),
        cmocka_unit_test(a_few_clients_do_not_fill_the_queue),
        cmocka_unit_test(a_client_leaves_a_thread_for_others),
        cmocka_unit_test(jobs_of_clients_that_hung_up_are_skipped),
        cmocka_unit_test(stopping_ends_what_is_under_way),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
