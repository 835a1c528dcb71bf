/** The location of a value in a request. Query names are matched exactly; header names are in lower case. */
export type ValueLocation = {
    in: 'query';
    name: string;
} | {
    in: 'header';
    name: string;
} | {
    in: 'body';
    path: string;
};
