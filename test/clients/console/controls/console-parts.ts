/** What `bundle.ts` puts into one file: the console, and the libraries that look at it and use it. */
export { configure, within } from '@testing-library/dom';
export { userEvent } from '@testing-library/user-event';
export { createElement } from 'react';
export { createRoot } from 'react-dom/client';
export { App } from '../../../../clients/console/app.tsx';
export { pagesLoader } from '../../../../clients/console/shell/pages-file.ts';
