import { deidentifying } from './deidentifying.ts';
import { minimising } from './minimising.ts';
import { owning } from './owning.ts';
import type { Recipe } from './runs.ts';
import { synthesis } from './synthesis.ts';

/** Every way to prepare data. */
export const RECIPES = {
  minimise: minimising,
  deidentify: deidentifying,
  own: owning,
  synthesise: synthesis,
} as const satisfies Record<string, Recipe>;
export type RecipeName = keyof typeof RECIPES;
export const RECIPE_NAMES = Object.keys(RECIPES) as [RecipeName, ...RecipeName[]];

/** The way in which something was made. */
export function recipeOf(kind: string): Recipe | undefined {
  return (RECIPES as Readonly<Record<string, Recipe>>)[kind];
}
