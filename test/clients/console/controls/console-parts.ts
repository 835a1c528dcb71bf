/** What `bundle.ts` puts into one file: the console, and the libraries that look at it and use it. */
export { configure, within } from '@testing-library/dom';
export { userEvent } from '@testing-library/user-event';
export { createElement, Suspense } from 'react';
export { createRoot } from 'react-dom/client';
export { App } from '../../../console/app.tsx';
export { lazyPage } from '../../../console/shell/lazy-page.tsx';
export { PageBoundary } from '../../../console/shell/page-boundary.tsx';
