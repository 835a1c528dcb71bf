/** The provider that Enter chooses while a person types what the list is narrowed to. */

interface Option {
  value: string;
  label: string;
}

/** The one that is meant exactly, else the first in the list that has the text, as the list shows them. Undefined if there is none. */
export function foundProvider<Shown extends Option>(options: readonly Shown[], typed: string): Shown | undefined {
  const text = typed.trim().toLowerCase();
  if (text === '') return undefined;
  const namesOf = ({ value, label }: Shown) => [value, label.toLowerCase()];
  return (
    options.find((option) => namesOf(option).includes(text)) ??
    options.find((option) => namesOf(option).some((name) => name.includes(text)))
  );
}
