/** The number of jobs that one invocation works on at once. The next minute's invocation takes the other jobs. */
export const jobsAtOnce = 8;
