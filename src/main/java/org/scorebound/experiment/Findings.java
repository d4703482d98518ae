package org.scorebound.experiment;

import java.util.List;
import java.util.Map;
import org.scorebound.result.Figure;
import org.scorebound.result.Table;

/**
 * What an experiment shows.
 *
 * @param outcome statements that were checked, by name, each with its numbers
 * @param notes what a reader must know of the quantities: direction, evidence, setting
 * @param figures what to draw
 * @param tables the first is printed
 */
public record Findings(
    Map<String, Object> outcome, List<String> notes, List<Figure> figures, List<Table> tables) {}
