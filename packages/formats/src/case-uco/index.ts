export { caseGraph, caseGraphBytes, type ToldAct, type ToldCase, type ToldObject } from './graph.ts';
