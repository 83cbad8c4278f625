import assert from 'node:assert/strict';
import fc from 'fast-check';
import {describe, test} from 'vitest';
import type {AdjacencyLists} from '../../../src/domain/graph/adjacency-lists.js';
import {buildGraph, findReachableRows} from '../../../src/domain/graph/graph.js';
import {reduceTransitively} from '../../../src/domain/graph/reduce-transitively.js';
import {sortTopologically} from '../../../src/domain/graph/sort-topologically.js';
import {anAcyclicGraph} from './graphs.js';

const anyGraph = fc
  .integer({min: 1, max: 12})
  .chain(size => fc.array(fc.array(fc.nat(size - 1), {maxLength: 4}), {minLength: size, maxLength: size}));

const findAllReachable = (edges: AdjacencyLists): readonly (readonly number[])[] =>
  edges.map((_, row) => [...findReachableRows(edges, row)].sort((one, other) => one - other));

describe('the order of a graph', () => {
  test('every step comes after the steps that it follows, and edges that close a cycle are counted', () => {
    fc.assert(
      fc.property(anyGraph, upstream => {
        const {order, upstreamByNode, cyclicEdgeCount} = sortTopologically(upstream);
        assert.deepEqual(
          [...order].sort((one, other) => one - other),
          [...upstream.keys()],
        );
        const indexByNode = new Map(order.map((node, index) => [node, index]));
        for (const [node, sources] of upstreamByNode.entries()) {
          assert.ok(sources.every(source => Number(indexByNode.get(source)) < Number(indexByNode.get(node))));
        }

        assert.equal(upstreamByNode.flat().length + cyclicEdgeCount, upstream.flat().length);
      }),
    );
  });

  test('keeps an order that the edges allow', () => {
    fc.assert(
      fc.property(anAcyclicGraph, upstream => {
        assert.deepEqual(sortTopologically(upstream).order, [...upstream.keys()]);
      }),
    );
  });

  test('a branch is finished before the next one begins', () => {
    // 0 → 1, 2; 1 → 3; 2 → 4; 3, 4 → 5
    const {nodes} = buildGraph([[], [0], [0], [1], [2], [3, 4]], 'branches');
    assert.deepEqual(nodes, [0, 1, 3, 2, 4, 5]);
  });

  test('steps without any edge come last', () => {
    const {nodes, connectedCount} = buildGraph([[], [], [1]], 'given');
    assert.deepEqual(nodes, [1, 2, 0]);
    assert.equal(connectedCount, 2);
  });

  test('a chain of 5,000 steps in reverse order is sorted', () => {
    const upstream = Array.from({length: 5000}, (_, node) => (node < 4999 ? [node + 1] : []));
    assert.deepEqual(buildGraph(upstream, 'branches').nodes, [...upstream.keys()].reverse());
  });
});

describe('the transitive reduction', () => {
  test('keeps what can be reached, and has no edge that a longer path implies', () => {
    fc.assert(
      fc.property(anAcyclicGraph, upstream => {
        const reduced = reduceTransitively(upstream);
        assert.deepEqual(findAllReachable(reduced), findAllReachable(upstream));
        for (const sources of reduced) {
          for (const source of sources) {
            assert.ok(sources.every(other => other === source || !findReachableRows(reduced, other).has(source)));
          }
        }
      }),
    );
  });

  test('keeps a known edge beside a path through an inferred node, and leaves out inferred edges that a path implies', () => {
    const isInferred = (node: number): boolean => node % 3 === 1;
    const isKnown = (node: number, source: number): boolean => !isInferred(node) && !isInferred(source);
    fc.assert(
      fc.property(anAcyclicGraph, upstream => {
        const reduced = reduceTransitively(upstream, isInferred);
        assert.deepEqual(findAllReachable(reduced), findAllReachable(upstream));
        const known = upstream.map((sources, node) => sources.filter(source => isKnown(node, source)));
        assert.deepEqual(
          reduced.map((sources, node) => sources.filter(source => isKnown(node, source))),
          reduceTransitively(known),
        );
        for (const [node, sources] of reduced.entries()) {
          for (const source of sources.filter(each => !isKnown(node, each))) {
            assert.ok(sources.every(other => other === source || !findReachableRows(reduced, other).has(source)));
          }
        }
      }),
    );
  });
});
