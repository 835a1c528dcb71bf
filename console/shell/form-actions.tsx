/** The buttons of a form, the primary one last. Where they don't fit beside each other, they stay at the end of their lines. */
import type { ReactNode } from 'react';

export const FormActions = ({ children }: { children: ReactNode }) => <div className="form-actions">{children}</div>;
