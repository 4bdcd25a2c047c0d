"use strict";

// Draws the charts of a page with D3. Each figure holds its chart as JSON; colours, dashes and fonts are the style sheet's, so that
// charts follow the reader's scheme and printers without being drawn again. Only a new width draws them anew.
(() => {
  const FEW = 30; // up to so many points each has a marker; beyond, markers would hide the line
  const SYMBOLS = [d3.symbolCircle, d3.symbolSquare, d3.symbolDiamond2, d3.symbolTriangle, d3.symbolCross];
  const EVENTS = { up: "M0 -5L5 4H-5Z", down: "M0 5L5 -4H-5Z", diamond: "M0 -6L5 0L0 6L-5 0Z" };
  const SIZE = 42;
  const INSET = 8; // keeps the first and last markers off the edges
  const PAPER_COLUMN = 340; // half the width of a printed page, in CSS pixels
  const LETTER = 6.3; // average width of a letter of the axis' font

  function frame(plot, label, width, height) {
    return d3.select(plot).append("svg")
      .attr("viewBox", [0, 0, width, height].join(" "))
      .attr("width", width).attr("height", height)
      .attr("role", "img").attr("aria-label", label);
  }

  function text(parent, style, x, y, content) {
    return parent.append("text").attr("class", style).attr("x", x).attr("y", y).text(content);
  }

  function marker(parent, series) {
    return parent.append("path").attr("class", `mark c${series.color}`).attr("d", d3.symbol(SYMBOLS[series.dash], SIZE)());
  }

  // ---- lines over epochs

  /** An empty list beside a plot; adding a name to it gives the place of its sample. */
  function legend(figure) {
    d3.select(figure).selectChildren(".legend").remove();
    const items = d3.select(figure).insert("ul", ".plot").attr("class", "legend").attr("aria-hidden", "true");
    return (name) => {
      const item = items.append("li");
      const svg = item.append("svg").attr("width", 30).attr("height", 14).attr("viewBox", "-15 -7 30 14");
      item.append("span").text(name);
      return svg;
    };
  }

  function lineLegend(key, chart) {
    chart.series.forEach((series) => {
      const svg = key(series.name);
      svg.append("path").attr("class", `line c${series.color} d${series.dash}`).attr("d", "M-15 0H15");
      marker(svg, series);
    });
    new Map(chart.events.map((event) => [event.name, event.symbol])).forEach((symbol, name) =>
      key(name).append("path").attr("class", "event").attr("d", EVENTS[symbol]));
    if (chart.updates.length > 0) {
      key("masks moved").append("path").attr("class", "update").attr("d", "M-8 5V-2M0 5V-2M8 5V-2");
    }
    chart.rules.forEach((rule) => key(`${rule.name} (${rule.x})`).append("path").attr("class", "rule").attr("d", "M0 -7V7"));
  }

  function scales(chart, width, height, margin) {
    const points = chart.series.flatMap((series) => series.points);
    const [first, last] = d3.extent(points, (point) => point[0]);
    const [low, high] = d3.extent(points, (point) => point[1]);
    const x = d3.scaleLinear(first === last ? [first - 1, last + 1] : [first, last], [margin.left + INSET, width - margin.right - INSET]);
    const bottom = chart.fromZero ? Math.min(0, low) : low;
    const top = high > bottom ? high : bottom + 1;
    const y = d3.scaleLinear([bottom, top], [height - margin.bottom, margin.top]).nice(5);
    return { x, y };
  }

  function axes(svg, chart, { x, y }, width, height, margin) {
    const whole = x.ticks(Math.max(2, Math.floor(width / 70))).filter(Number.isInteger);
    svg.append("g").attr("class", "grid").selectAll("path").data(y.ticks(5)).join("path")
      .attr("d", (value) => `M${margin.left} ${y(value)}H${width - margin.right}`);
    svg.append("g").attr("class", "axis").attr("transform", `translate(0,${height - margin.bottom})`)
      .call(d3.axisBottom(x).tickValues(whole).tickFormat(d3.format("d")).tickSizeOuter(0));
    svg.append("g").attr("class", "axis values").attr("transform", `translate(${margin.left},0)`).call(d3.axisLeft(y).ticks(5).tickSize(0));
    text(svg, "unit", 2, 12, chart.unit);
    text(svg, "unit end", width - margin.right, height - 4, "epoch");
  }

  function topology(svg, chart, { x, y }, height, margin) {
    const floor = height - margin.bottom;
    svg.append("g").selectAll("path").data(chart.updates).join("path").attr("class", "update").attr("d", (at) => `M${x(at)} ${floor}v-7`);
    const events = svg.append("g").selectAll("g").data(chart.events).join("g").attr("transform", (event) => `translate(${x(event.x)},0)`);
    events.append("path").attr("class", "eventline").attr("d", `M0 ${margin.top}V${floor}`);
    events.append("path").attr("class", "event").attr("transform", `translate(0,${margin.top - 4})`).attr("d", (event) => EVENTS[event.symbol]);
    svg.append("g").selectAll("path").data(chart.rules).join("path").attr("class", "rule").attr("d", (rule) => `M${x(rule.x)} ${margin.top}V${floor}`);
  }

  function curves(svg, chart, { x, y }) {
    const path = d3.line((point) => x(point[0]), (point) => y(point[1]));
    chart.series.forEach((series) => {
      svg.append("path").attr("class", `line c${series.color} d${series.dash}`).attr("d", path(series.points));
      if (series.points.length <= FEW) {
        series.points.forEach((point) => marker(svg, series).attr("transform", `translate(${x(point[0])},${y(point[1])})`));
      }
    });
  }

  /** Shows the numbers of the epoch below the pointer. */
  function tooltip(plot, svg, chart, { x }, width, height, margin) {
    const epochs = Array.from(new Set(chart.series.flatMap((series) => series.points.map((point) => point[0])))).sort(d3.ascending);
    const cursor = svg.append("path").attr("class", "cursor").attr("d", `M0 ${margin.top}V${height - margin.bottom}`).attr("visibility", "hidden");
    const tip = d3.select(plot).append("div").attr("class", "tip").property("hidden", true);
    const show = (event) => {
      const epoch = epochs[d3.bisector((value) => value).center(epochs, x.invert(d3.pointer(event, svg.node())[0]))];
      cursor.attr("visibility", "visible").attr("transform", `translate(${x(epoch)},0)`);
      tip.property("hidden", false).classed("before", x(epoch) > width / 2).style("left", `${100 * x(epoch) / width}%`);
      tip.selectChildren().remove();
      tip.append("strong").text(`epoch ${epoch}`);
      chart.series.forEach((series) => {
        const point = series.points.find((candidate) => candidate[0] === epoch);
        if (point) {
          tip.append("span").text(`${series.name}: ${d3.format(",.4~g")(point[1])}`);
        }
      });
      chart.events.filter((happened) => happened.x === epoch).forEach((happened) => tip.append("span").text(happened.name));
    };
    const hide = () => {
      cursor.attr("visibility", "hidden");
      tip.property("hidden", true);
    };
    svg.on("pointermove", show).on("pointerdown", show).on("pointerleave", hide);
  }

  function lines(figure, plot, chart, width) {
    const height = Math.max(220, Math.min(300, Math.round(width * 0.55)));
    const margin = { top: 32, right: 14, bottom: 36, left: 44 };
    lineLegend(legend(figure), chart);
    const svg = frame(plot, chart.label, width, height);
    const scale = scales(chart, width, height, margin);
    axes(svg, chart, scale, width, height, margin);
    topology(svg, chart, scale, height, margin);
    curves(svg, chart, scale);
    tooltip(plot, svg, chart, scale, width, height, margin);
  }

  // ---- horizontal bars

  function shortened(name, room) {
    const letters = Math.max(4, Math.floor(room / LETTER));
    return name.length <= letters ? name : `\u2026${name.slice(name.length - letters + 1)}`;
  }

  function bars(figure, plot, chart, width) {
    if (chart.series.length > 1) {
      const key = legend(figure);
      chart.series.forEach((name, i) => key(name).append("rect").attr("class", `bar b${i}`).attr("x", -14).attr("y", -5).attr("width", 28).attr("height", 10));
    }
    const thick = 13;
    const step = thick * chart.series.length + 8;
    const names = Math.min(d3.max(chart.bars, (bar) => bar.name.length) * LETTER + 12, width * 0.4);
    const margin = { top: 22, right: 52, bottom: chart.rules.length > 0 ? 24 : 6, left: names };
    const height = margin.top + step * chart.bars.length + margin.bottom;
    const most = d3.max(chart.bars, (bar) => d3.max(bar.values)) || 1;
    const x = d3.scaleLinear([0, chart.most || most], [margin.left, width - margin.right]);
    const svg = frame(plot, chart.label, width, height);
    svg.append("g").attr("class", "grid").selectAll("path").data(x.ticks(width / 110)).join("path")
      .attr("d", (value) => `M${x(value)} ${margin.top - 4}V${height - margin.bottom}`);
    svg.append("g").attr("class", "axis values").attr("transform", `translate(0,${margin.top - 2})`).call(d3.axisTop(x).ticks(width / 110).tickSize(0));
    text(svg, "unit", 2, 12, chart.unit);
    chart.bars.forEach((bar, index) => {
      const top = margin.top + index * step + 4;
      text(svg, "name end", names - 6, top + (step - 8) / 2 + 4, shortened(bar.name, names - 8)).append("title").text(bar.name);
      bar.values.forEach((value, i) => {
        const rect = svg.append("rect").attr("class", `bar b${i}`).attr("x", margin.left).attr("y", top + i * thick)
          .attr("width", Math.max(0, x(value) - margin.left)).attr("height", thick - 2);
        rect.append("title").text(`${bar.name}${chart.series.length > 1 ? `, ${chart.series[i]}` : ""}: ${value} ${chart.unit}`);
        text(svg, "value", x(value) + 4, top + i * thick + 10, d3.format(".1f")(value));
      });
    });
    chart.rules.forEach((rule) => {
      svg.append("path").attr("class", "rule").attr("d", `M${x(rule.x)} ${margin.top - 4}V${height - margin.bottom + 4}`);
      const end = x(rule.x) > width * 0.6;
      text(svg, end ? "unit end" : "unit", x(rule.x) + (end ? 4 : -4), height - 6, rule.name);
    });
  }

  // ---- all figures, once they are wide enough to be seen

  const KINDS = { lines, bars };

  document.querySelectorAll("figure.chart").forEach((figure) => {
    const chart = JSON.parse(figure.querySelector("script").textContent);
    const plot = figure.querySelector(".plot");
    let drawn = 0;
    const draw = (width) => {
      if (width > 0 && width !== drawn) {
        drawn = width;
        plot.replaceChildren();
        KINDS[chart.kind](figure, plot, chart, width);
      }
    };
    const fit = () => draw(Math.floor(plot.clientWidth));
    new ResizeObserver(() => requestAnimationFrame(fit)).observe(plot);
    fit();
    // Paper is narrower than most windows: scaled down to it, a chart's letters would be too small to read.
    addEventListener("beforeprint", () => draw(figure.classList.contains("wide") ? 2 * PAPER_COLUMN : PAPER_COLUMN));
    addEventListener("afterprint", fit);
  });
})();
