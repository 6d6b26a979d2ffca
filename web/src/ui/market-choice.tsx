import { markets } from "../api/types";
import { marketAbbreviation, marketName } from "../format";
import { setQuery } from "../state/url";
import { Segmented } from "./controls";

/** Which market a page is about; the first stays out of the address. */
export function MarketChoice(props: { readonly market: string }) {
    return (
        <Segmented
            label="Market"
            value={props.market}
            options={markets.map((market) => ({
                value: market as string,
                label: marketAbbreviation(market),
                title: marketName(market),
            }))}
            onChoose={(market) => setQuery({ market: market === markets[0] ? null : market })}
        />
    );
}
