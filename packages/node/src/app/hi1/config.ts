import type { JsonObject } from '@comity/core';
import { entry, FORMATS, qualified } from '@comity/formats/hi1';
import type { House } from '../house.ts';

/**
 * What this provider supports, as GETCSPCONFIG asks: the formats of identifiers that it takes, with their patterns, and the types of data. Member names of the formats were observed in public
 * software, not read in the schema for this part, which is not at hand; targets of live interception there are none.
 */
export function configOf(house: House): JsonObject {
  const second = house.directory.issued.replace(/\.\d{3}Z$/, '.000Z');
  const formats = Object.entries(FORMATS).map(([name, { pattern }]) => ({ FormatName: name, FormatRegex: pattern.source }));
  const types = ['SubscriberData', 'UserIdentifyingData', 'TrafficData', 'StoredContentData'];
  return {
    LastChanged: qualified(second) ?? '',
    TargetingConfigurations: {},
    TargetFormatTypeDefinitions: {
      FormatOwner: 'ETSI',
      TargetFormatTypeDefinitionEntries: { TargetFormatTypeDefinitionEntry: formats },
    },
    SupportedLDWorkflowEndpoints: { RequestType: types.map((type) => entry('ETSI', 'RequestType', type)) },
    SupportedLPWorkflowEndpoints: { LPWorkflowEndpoint: [entry('ETSI', 'LPWorkflowEndpoint', 'NewPreservation')] },
  };
}
