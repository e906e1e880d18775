using System.Collections.Concurrent;

namespace BackOffice;

/// <summary>Payouts and vouchers, kept in memory.</summary>
public sealed class Ledger
{
    private readonly ConcurrentQueue<Payout> _payouts = new();
    private readonly ConcurrentDictionary<string, long> _vouchers = new(StringComparer.Ordinal) { ["WELCOME"] = 500 };

    public IReadOnlyCollection<Payout> Payouts => _payouts;

    public long? ValueOf(string code) => _vouchers.TryGetValue(code, out var cents) ? cents : null;

    public void Add(Payout payout) => _payouts.Enqueue(payout);
}
