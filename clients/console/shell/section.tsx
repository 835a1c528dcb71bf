import Container from '@cloudscape-design/components/container';
import Header, { type HeaderProps } from '@cloudscape-design/components/header';
import type { ReactNode } from 'react';

type SectionProps = Pick<HeaderProps, 'description' | 'actions'> & { title: ReactNode; children?: ReactNode };

/** A part of a page, with a heading of the second level. */
export const Section = ({ title, children, ...header }: SectionProps) => (
  <Container
    header={
      <Header variant="h2" {...header}>
        {title}
      </Header>
    }
  >
    {children}
  </Container>
);
