/** Why somebody may open a case: the closed list that the node takes. */
export const PURPOSES = ['work', 'supervision', 'audit', 'support', 'person-asked'] as const;
