import type { NextQuestion } from '@comity/assess';
import type { FactValue } from '@comity/core';
import type { FactWords, VocabularyView } from '@comity/node/api';
import { ChoiceInput } from './ChoiceInput.tsx';
import { NumberInput } from './NumberInput.tsx';
import { CountriesInput, CountryInput, RegionInput } from './PlaceInput.tsx';
import { SetInput } from './SetInput.tsx';
import { TextInput } from './TextInput.tsx';
import { YesNoInput } from './YesNoInput.tsx';

export interface FactInputProps {
  readonly fact: FactWords;
  readonly words: VocabularyView;
  readonly given: FactValue | undefined;
  readonly next: NextQuestion | undefined;
  readonly onAnswer: (value: FactValue) => void;
}

/** The control that fits a fact's type. */
export function FactInput(props: FactInputProps) {
  switch (props.fact.type) {
    case 'bool':
      return <YesNoInput {...props} />;
    case 'enum':
      return <ChoiceInput {...props} />;
    case 'set':
      return <SetInput {...props} />;
    case 'country':
      return <CountryInput {...props} />;
    case 'country_set':
      return <CountriesInput {...props} />;
    case 'region':
      return <RegionInput {...props} />;
    case 'number':
    case 'share':
      return <NumberInput {...props} />;
    default:
      return <TextInput {...props} />;
  }
}
