import { DATA_CATEGORIES, type JsonObject } from '@comity/core';
import { entry, FORMATS, qualified, typeOf, typeOfFormat } from '@comity/formats/hi1';
import type { House } from '../house.ts';

/**
 * What this provider supports, as GETCSPCONFIG asks: the formats of identifiers under which it can find an account, with their patterns, and the types of data that it holds, both as its card in the directory says; all that
 * this system understands where it has no card. Member names of the formats were observed in public software, not read in the schema for this part, which is not at hand; targets of live interception there are none.
 */
export function configOf({ party, directory }: Pick<House, 'party' | 'directory'>): JsonObject {
  const { card } = party;
  const second = directory.issued.replace(/\.\d{3}Z$/, '.000Z');
  const formats = Object.entries(FORMATS)
    .filter(([name]) => card === undefined || card.identifierTypes.includes(typeOfFormat(name)))
    .map(([name, { pattern }]) => ({ FormatName: name, FormatRegex: pattern.source }));
  const types = (card?.categories ?? DATA_CATEGORIES).flatMap((category) => typeOf(category) ?? []);
  return {
    LastChanged: qualified(second) ?? '',
    TargetingConfigurations: {},
    TargetFormatTypeDefinitions: {
      FormatOwner: 'ETSI',
      TargetFormatTypeDefinitionEntries: { TargetFormatTypeDefinitionEntry: formats },
    },
    ...(types.length === 0
      ? {}
      : {
          SupportedLDWorkflowEndpoints: { RequestType: types.map((type) => entry('ETSI', 'RequestType', type)) },
          SupportedLPWorkflowEndpoints: { LPWorkflowEndpoint: [entry('ETSI', 'LPWorkflowEndpoint', 'NewPreservation')] },
        }),
  };
}
