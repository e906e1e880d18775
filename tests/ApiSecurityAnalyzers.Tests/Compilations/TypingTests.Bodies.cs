using System.Collections.Immutable;
using CsCheck;

namespace ApiSecurityAnalyzers.Tests.Compilations;

/// <content>Edits inside bodies, across which answers about methods are kept.</content>
public sealed partial class TypingTests
{
    /// <summary>An action, what it calls and what that calls, in variants that differ inside bodies only.</summary>
    private static readonly ImmutableArray<(string Name, string[] Variants)> Bodies = ImmutableArray.Create<(string, string[])>(
        ("Stock.cs",
        [
            "public class StockController(Stock stock, IDepotRepository depot) : Shelf(depot) {\n [HttpGet(\"a\")] public IActionResult A(int id) { stock.UpdateCount(id); return Ok(); }\n [HttpGet(\"b\")] public IActionResult B() { Note(); return Ok(); }\n [HttpGet(\"c\")] public IActionResult C() => Mark(); private IActionResult Mark() { return Ok(); } }",
            "public class StockController(Stock stock, IDepotRepository depot) : Shelf(depot) {\n [HttpGet(\"a\")] public IActionResult A(int id) { /* typing */ stock.UpdateCount(id); return Ok(); }\n [HttpGet(\"b\")] public IActionResult B() { Note(); return Ok(); }\n [HttpGet(\"c\")] public IActionResult C() => Mark(); private IActionResult Mark() { Note(); return Ok(); } }",
            "public class StockController(Stock stock, IDepotRepository depot) : Shelf(depot) {\n [HttpGet(\"a\")] public IActionResult A(int id) { return Ok(); }\n [HttpGet(\"b\")] public IActionResult B() { stock.UpdateCount(1); return Ok(); }\n [HttpGet(\"c\")] public IActionResult C() => Mark(); private IActionResult Mark() { depot.Delete(1); return Ok(); } }",
            "public class StockController(Stock stock, IDepotRepository depot) : Shelf(depot) {\n [HttpGet(\"a\")] public IActionResult A(int id) { if (id > 0) { depot.Delete(id); } \n return Ok(); }\n [HttpGet(\"b\")] public IActionResult B() { ",
        ]),
        ("Service.cs",
        [
            "public class Stock(IDepotRepository depot) { public void UpdateCount(int id) { var n = id; n++; }\n public void SetCount(int id) { depot.Delete(id); } }\n public interface IDepotRepository { void Delete(int id); int Read(); }",
            "public class Stock(IDepotRepository depot) { public void UpdateCount(int id) { SetCount(id); }\n public void SetCount(int id) { depot.Delete(id); } }\n public interface IDepotRepository { void Delete(int id); int Read(); }",
            "public class Stock(IDepotRepository depot) { public void UpdateCount(int id) { SetCount(id); }\n public void SetCount(int id) { depot.Read(); } }\n public interface IDepotRepository { void Delete(int id); int Read(); }",
        ]),
        ("Shelf.cs",
        [
            "public abstract class Shelf(IDepotRepository depot) : ControllerBase { protected void Note() { Inner(); }\n private void Inner() { depot.Read(); } }",
            "public abstract class Shelf(IDepotRepository depot) : ControllerBase { protected void Note() { Inner(); }\n private void Inner() { depot.Delete(3); } }",
            "public abstract class Shelf(IDepotRepository depot) : ControllerBase { protected void Note() { /* nothing */ }\n private void Inner() { depot.Delete(3); } }",
            "public abstract class Shelf(IDepotRepository depot) : ControllerBase { protected void Note() { depot.Delete(4); }\n private void Inner() { } }",
        ]),
        ("Program.cs",
        [
            "var app = WebApplication.CreateBuilder(args).Build(); app.MapControllers(); var f = () => { return new Reader(); }; app.MapGet(\"/x\", (Stock stock) => { stock.SetCount(1); }); app.MapGet(\"/y\", () => { f().Go(); }); app.Run(); public class Reader { public void Go() { } } public class ChangeRepository { public void Go() { } public void Delete() { } }",
            "var app = WebApplication.CreateBuilder(args).Build(); app.MapControllers(); var f = () => { return new Reader(); }; app.MapGet(\"/x\", (Stock stock) => { stock.UpdateCount(1); }); app.MapGet(\"/y\", () => { f().Go(); }); app.Run(); public class Reader { public void Go() { } } public class ChangeRepository { public void Go() { } public void Delete() { } }",
            "var app = WebApplication.CreateBuilder(args).Build(); app.MapControllers(); var f = () => { return new ChangeRepository(); }; app.MapGet(\"/x\", (Stock stock) => { }); app.MapGet(\"/y\", () => { f().Delete(); }); app.Run(); public class Reader { public void Go() { } } public class ChangeRepository { public void Go() { } public void Delete() { } }",
            "var app = WebApplication.CreateBuilder(args).Build(); app.MapControllers(); var f = () => { return new Reader(); }; app.MapGet(\"/x\", (Stock stock) => { }); app.MapGet(\"/y\", () => { f().Delete(); }); app.Run(); public class Reader { public void Go() { } } public class ChangeRepository { public void Go() { } public void Delete() { } }",
        ]));

    [Fact]
    public Task Reports_the_same_as_a_fresh_build_after_each_of_many_edits_inside_bodies() =>
        TypeAsync(Bodies, Gen.Select(Gen.Int[0, Bodies.Length - 1], Gen.Int[0, 3]).Array[20], iterations: 15, "ASA8002");
}
