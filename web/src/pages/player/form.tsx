import type { PlayerSeason } from "../../api/types";
import { Measured } from "../../charts/measured";
import { SeasonChart, type SeasonPoint, seasonInWords, seasonWidth } from "../../charts/season";
import { dayShort, line, marketName, none, number, percent, systemName } from "../../format";
import { Figure } from "../../ui/figure";
import { ScrollFrame } from "../../ui/scroll";
import { Table } from "../../ui/table";

function Legend({ system }: { readonly system: string }) {
    return (
        <>
            {system !== "" && (
                <span>
                    <svg width="26" height="12" viewBox="0 0 26 12" aria-hidden="true">
                        <rect class="band-95" width="26" height="12" />
                        <rect class="band-80" x="4" width="18" height="12" />
                        <rect class="band-50" x="9" width="8" height="12" />
                    </svg>
                    {systemName(system)}: 50, 80, 95%
                </span>
            )}
            <span>
                <svg width="14" height="12" viewBox="0 0 14 12" aria-hidden="true">
                    <path class="at-line" d="M0 6h14" />
                </svg>
                line
            </span>
            <span>
                <svg width="10" height="10" viewBox="0 0 10 10" aria-hidden="true">
                    <path class="result-over" d="M5 1l4.2 7.5H.8z" />
                </svg>
                went over
            </span>
            <span>
                <svg width="10" height="10" viewBox="0 0 10 10" aria-hidden="true">
                    <path class="result-under" d="M5 9l4.2-7.5H.8z" />
                </svg>
                stayed under
            </span>
            <span>
                <svg width="10" height="10" viewBox="0 0 10 10" aria-hidden="true">
                    <circle class="result-even" cx="5" cy="5" r="3.2" />
                </svg>
                no line
            </span>
        </>
    );
}

export function Form(props: { readonly season: PlayerSeason; readonly system: string }) {
    const { season, system } = props;
    const points: SeasonPoint[] = season.games.map((game) => ({
        game,
        forecast: game.forecasts.find((forecast) => forecast.system === system) ?? null,
    }));
    const words = seasonInWords(points);
    return (
        <Figure
            title={`${marketName(season.market)} in ${season.season}`}
            says={`${words}.`}
            legend={<Legend system={system} />}
            note={
                system === ""
                    ? "No forecasts of this season are stored in this market."
                    : "Forecasts are the last ones before each tip-off; his minutes are below."
            }
            table={() => (
                <Table
                    caption={`${marketName(season.market)} game by game`}
                    rows={[...points].reverse()}
                    rowKey={({ game }) => game.game_id}
                    columns={[
                        { id: "day", head: "Day", cell: ({ game }) => dayShort(game.game_date) },
                        {
                            id: "opponent",
                            head: "Opponent",
                            cell: ({ game }) =>
                                `${game.is_home === false ? "at" : "vs"} ${game.opponent}`,
                        },
                        {
                            id: "minutes",
                            head: "Minutes",
                            numeric: true,
                            cell: ({ game }) => number(game.minutes, 0),
                        },
                        {
                            id: "actual",
                            head: marketName(season.market),
                            numeric: true,
                            cell: ({ game }) => game.actual ?? none,
                        },
                        {
                            id: "line",
                            head: "Line",
                            numeric: true,
                            cell: ({ game }) => line(game.line),
                        },
                        {
                            id: "mean",
                            head: "Mean",
                            numeric: true,
                            cell: ({ forecast }) => number(forecast?.mean),
                        },
                        {
                            id: "band",
                            head: "80% between",
                            numeric: true,
                            cell: ({ forecast }) =>
                                forecast?.quantiles
                                    ? `${line(forecast.quantiles[1])} – ${line(forecast.quantiles[5])}`
                                    : none,
                        },
                        {
                            id: "p",
                            head: "P(over)",
                            numeric: true,
                            cell: ({ forecast }) => percent(forecast?.p_over),
                        },
                    ]}
                />
            )}
        >
            <Measured most={1680}>
                {(width) => (
                    <ScrollFrame class="plot-frame" label="Season chart" fromEnd>
                        <SeasonChart
                            points={points}
                            words={words}
                            width={seasonWidth(width, points.length)}
                        />
                    </ScrollFrame>
                )}
            </Measured>
        </Figure>
    );
}
