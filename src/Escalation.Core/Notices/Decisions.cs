using Escalation.Core.Cases;

namespace Escalation.Core.Notices;

/// <summary>
/// Everything that can happen to a case, with who is told of it, as one decision. Pure: the same case, question, rules and instant give the
/// same events; what is decided twice happens once.
/// </summary>
public static class Decisions
{
    /// <inheritdoc cref="Decider.Open"/>
    public static Decision Open(OpenCase open, string digest, Rules rules, DateTimeOffset now) =>
        Decider.Open(Change(null, rules, now), open, digest);

    /// <inheritdoc cref="Decider.Decide"/>
    public static Decision Decide(Case c, CaseCommand command, string digest, Rules rules, DateTimeOffset now) =>
        Decider.Decide(Change(c, rules, now), command, digest);

    /// <inheritdoc cref="Decider.Advance"/>
    public static Decision Advance(Case c, Rules rules, DateTimeOffset now) => Decider.Advance(Change(c, rules, now));

    /// <inheritdoc cref="Decider.Forget"/>
    public static Decision Forget(Case c, Rules rules, DateTimeOffset now) => Decider.Forget(Change(c, rules, now));

    /// <inheritdoc cref="DeliveryRules.Sent"/>
    public static Decision Sent(
        Case c,
        Rules rules,
        string key,
        string? operation,
        PersonName? to,
        DateTimeOffset now,
        Invitation? invitation = null
    ) => DeliveryRules.Sent(Change(c, rules, now), key, operation, to, invitation);

    /// <inheritdoc cref="DeliveryRules.Delivered"/>
    public static Decision Delivered(Case c, Rules rules, string key, DateTimeOffset now) =>
        DeliveryRules.Delivered(Change(c, rules, now), key);

    /// <inheritdoc cref="DeliveryRules.Failed"/>
    public static Decision Failed(Case c, Rules rules, string key, string reason, PersonName? to, DateTimeOffset now) =>
        DeliveryRules.Failed(Change(c, rules, now), key, reason, to);

    /// <inheritdoc cref="DeliveryRules.Delayed"/>
    public static Decision Delayed(Case c, Rules rules, DateTimeOffset since, string fault, DateTimeOffset now) =>
        DeliveryRules.Delayed(Change(c, rules, now), since, fault);

    private static CaseChange Change(Case? c, Rules rules, DateTimeOffset now) =>
        new(c, c is null ? rules : rules with { Policy = c.Under(rules.Policy) }, now, NoticeRules.Follow);
}
